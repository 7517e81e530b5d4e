update run_device set cancel_reason = :cancel_reason, cancel_asked_at = :now
where run_id = :run_id and machine_id = :machine_id and comment_key = :comment_key and state = 'running'
