-- The functions inside the database are written by the service from its rules, after the
-- migrations, so that a rule is described once. What told V4's function its settings and booked
-- its runs goes; the function itself stays until the service replaces it, with its grants.
-- Nothing here waits on data.

DROP FUNCTION IF EXISTS retention_book_backlog_run(uuid, text);
ALTER TABLE retention_task DROP COLUMN IF EXISTS settings;
