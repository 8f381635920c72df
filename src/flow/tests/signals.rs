//! Signals reach the closures, in a process that sends them to itself.

#![cfg(unix)]

use std::process::{Command, id};
use std::sync::mpsc::sync_channel;

use super::rig::LIMIT;
use crate::flow::signals::on_interrupt;

fn send(signal: &str) {
    let status = Command::new("kill")
        .args([signal, &id().to_string()])
        .status();
    assert!(status.unwrap().success());
}

#[test]
fn the_first_signal_asks_and_the_second_ends() {
    let (tell, told) = sync_channel(2);
    let tell_second = tell.clone();
    let first = move || tell.send("first").unwrap();
    let second = move || tell_second.send("second").unwrap();
    on_interrupt(first, second).unwrap();
    send("-TERM");
    assert_eq!(told.recv_timeout(LIMIT).unwrap(), "first");
    assert_eq!(told.try_recv().ok(), None);
    send("-INT");
    assert_eq!(told.recv_timeout(LIMIT).unwrap(), "second");
}
