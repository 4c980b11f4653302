-- How often in a row a failure of our own ended the review of this head: the sweep doesn't ask for it for ever.
ALTER TABLE requests ADD COLUMN given_up integer NOT NULL DEFAULT 0;
