select d.machine_id, d.machine_action_id, q.command_index, q.command_type, q.outcome, q.exit_code, q.error_code, q.error_text
from run_device d join request q on q.tenant = :tenant and q.machine_action_id = d.machine_action_id
where d.run_id = :run_id and d.device_no between :first and :last and d.ended_as = 'ran' and q.command_index >= 0
order by d.device_no, q.command_index
