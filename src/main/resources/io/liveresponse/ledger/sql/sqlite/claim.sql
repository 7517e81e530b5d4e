update request
set state = 'claimed', lane = 'claimed', claims = claims + 1, lease_owner = :owner, lease_end = :lease_end, next_attempt_at = :lease_end,
    link_reserved = (outcome is null and command_index >= 0)
where accepted_no in (:numbers)
returning accepted_no, tenant, machine_action_id, command_index, state, attempts, claims, next_attempt_at, accepted_at, ended_at, lease_owner,
          lease_end, command_type, script_name, file_path, device_id, device_name, requestor, comment, action_failure, action_created_at, outcome,
          exit_code, sha256, size_bytes, spool_path, spool_node, offered_file_name, received_at, error_stage, error_code, error_text,
          error_target
