-- when a sink last got a result
create index delivery_success on delivery (sink, delivered_at);
