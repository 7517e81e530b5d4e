update run_device
set state = 'running', machine_action_id = :machine_action_id, action_created_at = :action_created_at, action_status = :action_status
where run_id = :run_id and machine_id = :machine_id and comment_key = :comment_key and state = 'starting'
