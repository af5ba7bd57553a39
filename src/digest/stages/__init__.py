"""The steps of the pipeline: one file, one function, one record, one table each."""
