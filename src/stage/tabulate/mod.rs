//! The `tabulate` hop: documents to columns.
