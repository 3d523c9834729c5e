-- The rows of a plan that can be picked, in their order: they are read when it is committed and page after page while it
-- is applied. Mostly they are few of many, and without this every row was looked at each time.
CREATE INDEX plan_rows_that_change ON plan_rows (plan_id, "row")
WHERE kind IN ('create', 'update', 'rename', 'disable');
