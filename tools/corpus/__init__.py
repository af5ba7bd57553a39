"""Renders the sample corpus: hand-written texts become pages, feeds, mails, reports and gold."""
