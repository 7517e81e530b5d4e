select count(*) from run_device d join run r on r.run_id = d.run_id
where d.state in ('starting', 'running') and r.tenant in (:tenants)
