update run_device set state = 'waiting', next_attempt_at = :next_attempt_at, late_end = :late_end, reason = :reason
where run_id = :run_id and machine_id = :machine_id and comment_key = :comment_key and state in ('starting', 'running')
