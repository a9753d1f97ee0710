-- What a cron trigger wants besides its times, where it says so itself. Spans are milliseconds.
ALTER TABLE cron_triggers
  ADD COLUMN overlap_policy text,
  ADD COLUMN catch_up_window_ms bigint,
  ADD COLUMN jitter_ms bigint;
