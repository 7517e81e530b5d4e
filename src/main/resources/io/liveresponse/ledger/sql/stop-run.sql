update run set stop_reason = :reason, stop_as = :stop_as
where run_id = :run_id and state = 'running' and stop_reason is null
