select accepted_no, tenant, machine_action_id, command_index, state, attempts, claims, next_attempt_at, accepted_at, ended_at, lease_owner, lease_end,
       command_type, script_name, file_path, device_id, device_name, requestor, comment, action_failure, action_created_at,
       outcome, exit_code, sha256, size_bytes, spool_path, spool_node, offered_file_name, received_at, error_stage, error_code, error_text, error_target
from request
where tenant = :tenant and machine_action_id = :machine_action_id and command_index = :command_index
