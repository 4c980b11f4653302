-- How often in a row a failure of our own ended the review of this head: the sweep doesn't ask for it for ever.
ALTER TABLE requests ADD COLUMN given_up integer NOT NULL DEFAULT 0;
-- How often in a row a run began and no end of it was noted: what kills the whole app is not to do so for ever.
ALTER TABLE requests ADD COLUMN begun integer NOT NULL DEFAULT 0;
