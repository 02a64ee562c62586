# Causeway webhook for Request Tracker 5: the "Custom action commit code" of a scrip with
# condition "On Transaction", action "User Defined", template "Blank", stage "Batch".
# Batch runs once per request, after the database commit, so a reader sees what is announced.
my $url    = 'https://causeway.example/api/webhooks/CONNECTION';
my $secret = 'THE SAME SECRET AS IN THE CONNECTION';

require HTTP::Tiny; require JSON; require Digest::SHA;
my $t = $self->TicketObj;
my @txns = map { my $x = $_; +{ id => $x->id + 0, type => $x->Type, field => $x->Field, creator => $x->CreatorObj->Name,
  created => $x->CreatedObj->W3CDTF(Timezone => 'UTC') } } @{ $t->TransactionBatch || [ $self->TransactionObj ] };
my $body = JSON->new->utf8->canonical->encode({ event => 'ticket.transactions', ticket => $t->id + 0,
  queue => $t->QueueObj->Name, lastUpdated => $t->LastUpdatedObj->W3CDTF(Timezone => 'UTC'), transactions => \@txns });
# RT waits for the answer inside the agent's request, so the time-out is short. A lost post is found by polling.
my $res = HTTP::Tiny->new(timeout => 5, agent => 'RT-Webhook/1', no_proxy => ['127.0.0.1'])->post($url, { content => $body, headers => {
  'Content-Type'    => 'application/json',
  'X-RT-Delivery'   => $t->id . '-' . join('.', map { $_->{id} } @txns),
  'X-RT-Timestamp'  => time(),
  'X-RT-Signature'  => 'sha256=' . Digest::SHA::hmac_sha256_hex($body, $secret) } });
RT->Logger->error("webhook to $url failed: $res->{status} $res->{reason}") unless $res->{success};
return 1;
