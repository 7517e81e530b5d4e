update run_device
set state = 'starting', starts = starts + 1, comment_key = :comment_key, attempt_began_at = :now, machine_action_id = null,
    action_created_at = null, action_status = null, cancel_reason = null, cancel_asked_at = null, reason = null
where run_id = :run_id and machine_id = :machine_id and state = 'waiting' and starts = :starts
