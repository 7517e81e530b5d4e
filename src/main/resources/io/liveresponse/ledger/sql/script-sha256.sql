select r.script_sha256 from run_device d join run r on r.run_id = d.run_id
where d.machine_action_id = :machine_action_id and r.tenant = :tenant and r.script_name = :script_name and r.script_sha256 is not null
limit 1
