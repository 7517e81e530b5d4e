select accepted_no, tenant, machine_action_id, command_index, state, attempts, claims, next_attempt_at, accepted_at, ended_at, lease_owner, lease_end,
       command_type, script_name, file_path, device_id, device_name, requestor, comment, action_failure, action_created_at,
       outcome, exit_code, sha256, size_bytes, spool_path, spool_node, offered_file_name, received_at, error_stage, error_code, error_text, error_target
from request
where accepted_no < coalesce(cast(:before_no as bigint), 9223372036854775807)
  and (cast(:in_tenant as varchar) is null or tenant = cast(:in_tenant as varchar))
  and (cast(:in_state as varchar) is null or state = cast(:in_state as varchar))
  and (cast(:with_outcome as varchar) is null or outcome = cast(:with_outcome as varchar))
  and (cast(:of_script as varchar) is null or lower(script_name) = lower(cast(:of_script as varchar)))
  and (cast(:on_device as varchar) is null or lower(device_name) = lower(cast(:on_device as varchar))
       or lower(device_id) = lower(cast(:on_device as varchar)))
  and (cast(:of_run as varchar) is null or machine_action_id = cast(:of_run as varchar)
       or machine_action_id in (select machine_action_id from run_device where run_id = cast(:of_run as varchar)))
  and (cast(:with_error as varchar) is null or error_code = cast(:with_error as varchar))
  and coalesce(case when cast(:with_error as varchar) is null then accepted_at else coalesce(ended_at, accepted_at) end >= :since, true)
  and coalesce(case when cast(:with_error as varchar) is null then accepted_at else coalesce(ended_at, accepted_at) end < :until, true)
order by accepted_no desc
limit :max
