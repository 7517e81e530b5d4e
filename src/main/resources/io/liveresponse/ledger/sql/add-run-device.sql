insert into run_device (run_id, machine_id, device_no, device_name, state, next_attempt_at, starts, late_end, ended_as, reason, ended_at)
values (:run_id, :machine_id, :device_no, :device_name, :state, :now, 0, 'cancelled', :ended_as, :reason, :ended_at)
on conflict (run_id, machine_id) do nothing
