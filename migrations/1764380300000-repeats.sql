-- What has started what, against senders that tell the same news again (events.dedupe.builds).
CREATE TABLE trigger_repeats (
  key text COLLATE "C" PRIMARY KEY,
  claimant text COLLATE "C" NOT NULL,
  claimed_at bigint NOT NULL,
  held_until bigint NOT NULL
);
CREATE INDEX trigger_repeats_ages ON trigger_repeats (held_until);
