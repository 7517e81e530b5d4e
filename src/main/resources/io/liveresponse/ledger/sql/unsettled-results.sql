select count(*) from run_device d join request q on q.tenant = :tenant and q.machine_action_id = d.machine_action_id
where d.run_id = :run_id and d.ended_as = 'ran' and q.state not in ('delivered', 'dead')
