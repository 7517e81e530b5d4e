select distinct d.run_id from run_device d join run r on r.run_id = d.run_id
join request q on q.tenant = r.tenant and q.machine_action_id = d.machine_action_id
where r.state = 'running' and r.stop_reason is null and r.tenant = :tenant and q.exit_code = 323
