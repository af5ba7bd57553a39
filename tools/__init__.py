"""Scripts that make shipped things again: encoder, corpus, tables of the documents, schema."""
