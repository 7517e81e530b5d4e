-- Calls that were counted while a clock was ahead.
update api_call
set called_at = :now
where quota_key = :quota_key and kind = :kind and called_at > :now
