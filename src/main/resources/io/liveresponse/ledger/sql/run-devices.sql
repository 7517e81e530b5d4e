select r.tenant, r.commands, r.comment, r.deadline, r.stop_as, r.stop_reason, d.*
from run_device d join run r on r.run_id = d.run_id
