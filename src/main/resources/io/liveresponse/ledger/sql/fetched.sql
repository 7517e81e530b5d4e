-- A result that is fetched once more, since the bytes are on another node's disk, is no progress: its attempts stay counted.
update request
set outcome = :outcome, exit_code = :exit_code, script_name = coalesce(:script_name, script_name), sha256 = :sha256,
    size_bytes = :size_bytes, spool_path = :spool_path, spool_node = :spool_node, offered_file_name = :offered_file_name,
    received_at = :received_at, attempts = case when outcome is null then 0 else attempts end, claims = 0, link_reserved = false,
    error_stage = null, error_code = null, error_text = null, error_target = null
where tenant = :tenant and machine_action_id = :machine_action_id and command_index = :command_index
  and state = 'claimed' and lease_owner = :owner
