select run_id, ended_as, count(*) as devices from run_device where run_id in (:run_ids) and state = 'ended' group by run_id, ended_as
