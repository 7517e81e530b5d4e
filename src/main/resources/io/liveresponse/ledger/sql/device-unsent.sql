update run_device set state = 'waiting', starts = starts - 1, next_attempt_at = :next_attempt_at, reason = :reason
where run_id = :run_id and machine_id = :machine_id and comment_key = :comment_key and state = 'starting'
