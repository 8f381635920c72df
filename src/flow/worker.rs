//! The four loops that run on threads: source, map, fold, last.
//!
//! Each ends when its input does, when its output has no taker, or with a failure, which the caller records.

use std::mem::replace;
use std::time::Instant;

use async_channel::{Receiver, Sender};

use super::edge::{Parcel, Post, Reorder};
use super::panic::caught;
use super::verdict::Failure;
use super::{FlowError, OnPanic};
use crate::record::{Batch, Located, Reject, RejectCode};
use crate::stage::{Fold, FoldError, Map, Output};

pub(super) type Outcome = Result<(), Failure>;

/// Reads batches, waits for their memory, and lets them in.
pub(super) fn source<T>(
    post: &Post,
    mut batches: impl Iterator<Item = Result<Batch<T>, FoldError>>,
    to: &Sender<Parcel<T>>,
) -> Outcome {
    for sequence in 0.. {
        if post.shared.verdict.has_failed() {
            break;
        }
        let next = post
            .work(|| caught(|| batches.next()))
            .map_err(|message| post.panicked(sequence, None, message))?;
        let Some(batch) = next else {
            break;
        };
        let batch = batch.map_err(|error| post.failed(sequence, error))?;
        let head = &batch.head;
        if head.sequence != sequence {
            let error = FlowError::Sequence {
                expected: sequence,
                found: head.sequence,
            };
            return Err(Failure { sequence, error });
        }
        let (items, rejects, weight) = (batch.items.len(), batch.rejects.len(), head.weight);
        let since = Instant::now();
        let permit = post.shared.budget.take(weight);
        post.gauge().was_blocked(since.elapsed());
        let Some(permit) = permit else {
            break;
        };
        post.gauge().finished(items, weight, rejects);
        let parcel = Parcel {
            sequence,
            batch,
            permit,
        };
        if !post.send(to, parcel) {
            break;
        }
    }
    Ok(())
}

/// One of the workers of a map hop.
pub(super) fn map<M: Map>(
    post: &Post,
    stage: &M,
    from: &Receiver<Parcel<M::In>>,
    to: &Sender<Parcel<M::Out>>,
) -> Outcome {
    let mut scratch = stage.scratch();
    while let Some(parcel) = post.receive(from) {
        let Parcel {
            sequence,
            batch,
            permit,
        } = parcel;
        let (items, before, weight) = (batch.items.len(), batch.rejects.len(), batch.head.weight);
        let batch = post.work(|| map_batch(post, stage, &mut scratch, sequence, batch))?;
        post.gauge()
            .finished(items, weight, batch.rejects.len() - before);
        let parcel = Parcel {
            sequence,
            batch,
            permit,
        };
        if !post.send(to, parcel) {
            break;
        }
    }
    Ok(())
}

fn map_batch<M: Map>(
    post: &Post,
    stage: &M,
    scratch: &mut M::Scratch,
    sequence: u64,
    batch: Batch<M::In>,
) -> Result<Batch<M::Out>, Failure> {
    let Batch {
        head,
        items,
        mut rejects,
    } = batch;
    let mut out = Output::default();
    out.items.reserve(items.len());
    for item in items {
        let place = item.place().clone();
        let (made, refused) = (out.items.len(), out.rejects.len());
        let Err(message) = caught(|| stage.map(item, scratch, &mut out)) else {
            continue;
        };
        if post.shared.on_panic == OnPanic::Fail || !M::ISOLATES {
            return Err(post.panicked(sequence, Some(place), message));
        }
        // What the item had made so far goes with it, and so does the scratch, which may be half changed.
        out.items.truncate(made);
        out.rejects.truncate(refused);
        drop(replace(scratch, stage.scratch()));
        let reject = Reject::new(place, M::HOP, RejectCode::Panic, message);
        out.rejects.push(reject);
    }
    caught(|| stage.close(&head, scratch, &mut out))
        .map_err(|message| post.panicked(sequence, None, message))?;
    rejects.append(&mut out.rejects);
    Ok(Batch {
        head,
        items: out.items,
        rejects,
    })
}

/// The worker of a fold hop.
pub(super) fn fold<F: Fold>(
    post: &Post,
    mut stage: F,
    from: &Receiver<Parcel<F::In>>,
    to: &Sender<Parcel<F::Out>>,
) -> Outcome {
    in_order(post, from, |parcel| {
        let Parcel {
            sequence,
            batch,
            permit,
        } = parcel;
        let (items, before, weight) = (batch.items.len(), batch.rejects.len(), batch.head.weight);
        let batch = answered(post, sequence, || stage.fold(batch))?;
        let rejects = batch.rejects.len().saturating_sub(before);
        post.gauge().finished(items, weight, rejects);
        let parcel = Parcel {
            sequence,
            batch,
            permit,
        };
        Ok(post.send(to, parcel))
    })
}

/// The worker of the closure at the end; a batch's memory is free when the closure returns.
pub(super) fn last<T>(
    post: &Post,
    mut last: impl FnMut(Batch<T>) -> Result<(), FoldError>,
    from: &Receiver<Parcel<T>>,
) -> Outcome {
    in_order(post, from, |parcel| {
        let (items, weight) = (parcel.batch.items.len(), parcel.batch.head.weight);
        answered(post, parcel.sequence, || last(parcel.batch))?;
        post.gauge().finished(items, weight, 0);
        drop(parcel.permit);
        Ok(true)
    })
}

/// Gives `each` the parcels in order until one has no taker.
fn in_order<T>(
    post: &Post,
    from: &Receiver<Parcel<T>>,
    mut each: impl FnMut(Parcel<T>) -> Result<bool, Failure>,
) -> Outcome {
    let mut order = Reorder::new();
    while let Some(parcel) = post.receive(from) {
        order.put(parcel);
        while let Some(parcel) = order.take() {
            if post.shared.verdict.has_failed() || !each(parcel)? {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Runs a hop's code that may fail, under the clock.
fn answered<R>(
    post: &Post,
    sequence: u64,
    work: impl FnOnce() -> Result<R, FoldError>,
) -> Result<R, Failure> {
    post.work(|| caught(work))
        .map_err(|message| post.panicked(sequence, None, message))?
        .map_err(|error| post.failed(sequence, error))
}
