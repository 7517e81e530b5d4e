insert into run (run_id, tenant, commands, script_name, script_sha256, comment, state, created_at, deadline)
values (:run_id, :tenant, :commands, :script_name, :script_sha256, :comment, 'running', :now, :deadline)
on conflict (run_id) do nothing
