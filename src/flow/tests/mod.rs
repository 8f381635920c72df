//! Facts about the flow, one file a behaviour. No test sleeps: each waits for what it is about.

mod back_pressure;
mod finish;
mod giant;
mod in_flight;
mod meters;
mod order;
mod panics;
mod rig;
mod signals;
mod stop;
