-- The same counts as `cube.ts`, said a second time in another language: DuckDB reads the day files and must agree on every cell.
CREATE OR REPLACE TEMP TABLE calls AS
SELECT
  coalesce(day, 'undated') AS day,
  -- The day once more from the start alone, by DuckDB's own calendar; a start without an hour is a day already.
  coalesce(strftime(CAST(started AS TIMESTAMPTZ) AT TIME ZONE getvariable('zone'), '%Y-%m-%d'), day, 'undated') AS own_day,
  CAST(strftime(CAST(started AS TIMESTAMPTZ) AT TIME ZONE getvariable('zone'), '%H') AS INTEGER) AS hour,
  coalesce(agent, '') AS agent,
  direction,
  durationSeconds AS duration,
  NOT coalesce(tooShort, false) AS counted,
  sentiment.label AS label,
  sentiment.score AS sentiment,
  qa,
  score,
  grade,
  passed,
  rules,
  len(list_filter(rules, lambda r: r.pass = false AND list_contains(getvariable('critical'), r.rule))) > 0 AS critical
FROM read_json(
  getvariable('files'),
  format = 'newline_delimited',
  columns = {
    day: 'VARCHAR', started: 'VARCHAR', agent: 'VARCHAR', direction: 'VARCHAR', durationSeconds: 'DOUBLE',
    tooShort: 'BOOLEAN', sentiment: 'STRUCT(label VARCHAR, score DOUBLE)', qa: 'VARCHAR', score: 'DOUBLE',
    grade: 'VARCHAR', passed: 'BOOLEAN', rules: 'STRUCT(rule VARCHAR, pass BOOLEAN)[]'
  }
);

CREATE OR REPLACE TEMP TABLE counts AS
SELECT
  day,
  agent,
  count(*) AS calls,
  count(duration) AS durationCalls,
  coalesce(sum(CAST(round(duration * 1000000) AS BIGINT)), 0) AS durationMicros,
  count(*) FILTER (counted AND label = 'positive') AS positive,
  count(*) FILTER (counted AND label = 'neutral') AS neutral,
  count(*) FILTER (counted AND label = 'negative') AS negative,
  count(*) FILTER (counted AND label = 'mixed') AS mixed,
  count(sentiment) FILTER (counted) AS sentimentAnalysed,
  coalesce(sum(CAST(round(sentiment * 1000000) AS BIGINT)) FILTER (counted), 0) AS sentimentMicros,
  count(passed) FILTER (counted AND qa = 'evaluated') AS qaEvaluated,
  count(*) FILTER (counted AND qa = 'evaluated' AND passed) AS qaPassed,
  count(score) FILTER (counted AND qa = 'evaluated') AS qaScored,
  coalesce(sum(CAST(round(score * 1000000) AS BIGINT)) FILTER (counted AND qa = 'evaluated'), 0) AS scoreMicros,
  count(*) FILTER (counted AND qa = 'evaluated' AND critical) AS criticalFailed,
  count(*) FILTER (direction = 'inbound') AS inbound,
  count(*) FILTER (direction = 'outbound') AS outbound,
  count(*) FILTER (direction = 'internal') AS internal,
  count(*) FILTER (direction = 'unknown') AS unknown,
  count(*) FILTER (counted AND qa = 'not evaluated') AS notEvaluated,
  count(*) FILTER (counted AND qa = 'not evaluated yet') AS notEvaluatedYet,
  count(*) FILTER (counted AND qa = 'evaluated' AND passed IS NULL) AS unscored,
  count(*) FILTER (NOT counted) AS tooShort
FROM calls
GROUP BY day, agent;

CREATE OR REPLACE TEMP TABLE grades AS
SELECT day, agent, grade, count(*) AS calls
FROM calls
WHERE counted AND qa = 'evaluated' AND passed IS NOT NULL AND grade IS NOT NULL
GROUP BY day, agent, grade;

CREATE OR REPLACE TEMP TABLE scores AS
SELECT
  day, agent, CAST(least(90, floor(score / 10) * 10) AS INTEGER) AS tens, count(*) AS calls,
  count(*) FILTER (passed = false) AS failed
FROM calls
WHERE counted AND qa = 'evaluated' AND score IS NOT NULL
GROUP BY day, agent, tens;

CREATE OR REPLACE TEMP TABLE hours AS
SELECT day, agent, hour, count(*) AS calls
FROM calls
WHERE hour IS NOT NULL
GROUP BY day, agent, hour;

CREATE OR REPLACE TEMP TABLE rules AS
SELECT day, agent, r.rule AS rule, count(*) AS evaluated, count(*) FILTER (r.pass) AS passed
FROM (SELECT day, agent, unnest(rules) AS r FROM calls WHERE counted AND qa = 'evaluated')
WHERE r.pass IS NOT NULL
GROUP BY day, agent, r.rule;
