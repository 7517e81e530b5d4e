update run set state = :state, ended_at = :now
where run_id = :run_id and state = 'running'
