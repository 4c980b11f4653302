-- What is to be done: one row for each pull request, head, command or merge group. `requested` counts how often it was
-- asked for, `handled` up to where it was done; a worker's job is only the wake-up that makes it look here.
CREATE TABLE requests (
    lock          text PRIMARY KEY,
    installation  bigint NOT NULL,
    repository    bigint NOT NULL,
    job           jsonb NOT NULL,
    head          text,                           -- the newest head we were told of; a hint, the API decides
    requested     bigint NOT NULL DEFAULT 1,
    handled       bigint NOT NULL DEFAULT 0,
    reruns        bigint NOT NULL DEFAULT 0,      -- how often a person asked for it again
    run           bigint NOT NULL DEFAULT 0,      -- raised by each run: an overtaken run sees that it is
    attempts      integer NOT NULL DEFAULT 0,     -- failed runs since the last one that went well
    failed        bigint NOT NULL DEFAULT 0,      -- given up up to here
    changed       timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX requests_waiting ON requests (changed) WHERE handled < requested;
CREATE INDEX requests_repository ON requests (repository);
CREATE INDEX requests_installation ON requests (installation);

-- One row for each webhook delivery, by the hook and the id that its redeliveries share.
CREATE TABLE deliveries (
    hook      text NOT NULL,
    guid      text NOT NULL,
    event     text NOT NULL,
    action    text NOT NULL,
    lock      text,                               -- null: nothing to do
    request   bigint,                             -- done when the request is handled up to here
    received  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (hook, guid)
);
CREATE INDEX deliveries_received ON deliveries (received);

-- What we left at GitHub for a request, so that it is found again without asking. Written before the first call that
-- leaves something, so that a crash leaves nothing we don't know of.
CREATE TABLE published (
    lock        text PRIMARY KEY,
    repository  bigint NOT NULL,
    head        text,                             -- the last head that Check Runs of ours were made on
    unfinished  boolean NOT NULL DEFAULT false,   -- one of them may still be in progress
    reviewed    text,                             -- the last head with a completed verdict
    comment     bigint,                           -- 0: one may have been made
    body        bytea                             -- digest of the comment's text
);
CREATE INDEX published_repository ON published (repository);

-- Facts by blob. A blob's id says nothing about who may read it, so a row belongs to one repository: knowing an id
-- must not be enough to read what was found in someone else's private file.
CREATE TABLE facts (
    repository  bigint NOT NULL,
    blob        text NOT NULL,
    kind        text NOT NULL,
    version     integer NOT NULL,
    content     bytea NOT NULL,
    used        date NOT NULL DEFAULT current_date,
    PRIMARY KEY (repository, blob, kind, version)
);
CREATE INDEX facts_used ON facts (used);

CREATE TABLE suspended (
    installation bigint PRIMARY KEY
);

CREATE TABLE marks (
    name text PRIMARY KEY,
    at   timestamptz NOT NULL
);
