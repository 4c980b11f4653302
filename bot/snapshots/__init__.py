"""Where snapshots come from: a local repository, or GitHub."""
