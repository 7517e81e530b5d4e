update run_device set action_status = :action_status
where run_id = :run_id and machine_id = :machine_id and comment_key = :comment_key and state = 'running'
