//! What is found in texts made for it, and that memory is bounded.
