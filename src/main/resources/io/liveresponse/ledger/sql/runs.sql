select r.run_id, r.tenant, r.commands, r.script_name, r.script_sha256, r.comment, r.state, r.created_at, r.deadline, r.stop_reason, r.stop_as,
       r.ended_at, count(d.machine_id) as devices, count(case when d.state = 'waiting' then 1 end) as waiting,
       count(case when d.state in ('starting', 'running') then 1 end) as open
from run r left join run_device d on d.run_id = r.run_id
