"""The web pages: pull requests with their checks and comments, files at a commit, commits."""
