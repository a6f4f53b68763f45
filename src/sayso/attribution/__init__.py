"""Attribution: from a text of record to its statements."""
