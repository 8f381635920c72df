//! What travels along the path, hop by hop: values only, no behaviour that a hop should own.
//!
//! ```text
//! Record -> Document -> Segmented -> Tagged
//! ```
//!
//! Each carries the one before it, so that nothing is cloned between hops. They travel in a [`Batch`], beside the
//! [`Reject`]s that the hops so far had to turn away.

mod batch;
mod document;
mod edit;
mod entity;
mod epoch;
mod id;
mod place;
mod reject;
mod source;
mod token;

pub use batch::{Batch, BatchHead, Hop, Located};
pub use document::{Document, Language, Quality, Script, Sentence, SentenceKind};
pub use edit::{Edit, EditRule};
pub use entity::{
    Entity, Enumeration, Evidence, FullName, Label, Member, Method, Quantity, Quote, Tagged,
};
pub use epoch::{AnewPart, EpochPart, EpochPlan, SourceStatus, Superseded};
pub use id::{DocId, hex};
pub use place::Place;
pub use reject::{RAW_LIMIT, Reject, RejectCode};
pub use source::{Body, Fields, MediaType, Record};
pub use token::{Pos, Segmented, Token};
