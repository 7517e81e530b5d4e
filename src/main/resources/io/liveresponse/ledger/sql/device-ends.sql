update run_device set state = 'ended', ended_as = :ended_as, reason = :reason, ended_at = :now
where run_id = :run_id and machine_id = :machine_id and starts = :starts and state <> 'ended'
