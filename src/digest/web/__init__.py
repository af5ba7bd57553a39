"""The room in which a team turns a draft into an edition: pages, and the same acts as an API."""
