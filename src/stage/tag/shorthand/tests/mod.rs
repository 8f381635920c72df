//! What is found in sentences about made-up places, and what is not.

mod cases;
mod laws;
mod near;
mod refused;
mod rig;
