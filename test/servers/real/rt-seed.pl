#!/usr/bin/perl
# rt-seed.pl - called by rt.sh with RT_SITE_CONFIG set. Idempotent: makes what is missing,
# prints one JSON object with names, ids, passwords and tokens.
use strict; use warnings;
use lib '/usr/local/share/request-tracker5/lib', '/usr/share/request-tracker5/lib';
use JSON ();
use RT -init;

my $sys = RT->SystemUser;
my $file = $ENV{SEED_SECRETS} or die "SEED_SECRETS not set";
my $secret = {};
if (open my $fh, '<', $file) { local $/; $secret = JSON::decode_json(<$fh>) }
sub save { umask 077; open my $fh, '>', "$file.tmp" or die $!; print $fh JSON::encode_json($secret); close $fh; rename "$file.tmp", $file or die $! }
sub rnd { open my $r, '<', '/dev/urandom' or die; read $r, my $b, 24; my $s = unpack 'H*', $b; substr $s, 0, 20 }
sub must { my ($ok, $msg) = @_; die(($msg // 'failed') . "\n") unless $ok; $ok }

my %out = (version => $RT::VERSION);

# --- root's password: the one in use is always ours -----------------------------------------
my $root = RT::User->new($sys); $root->Load('root');
unless ($root->IsPassword($ENV{ROOT_PASSWORD})) { must($root->SetPassword($ENV{ROOT_PASSWORD})) }
$out{root} = { name => 'root', id => $root->id + 0, password => $ENV{ROOT_PASSWORD} };

# --- queue ------------------------------------------------------------------------------------
my $queue = RT::Queue->new($sys); $queue->Load('Support');
unless ($queue->id) {
  must($queue->Create(Name => 'Support', Description => 'Customer tickets', Lifecycle => 'default',
    CorrespondAddress => 'support@localhost', CommentAddress => 'support-comment@localhost', SubjectTag => 'Support'));
}
$out{queue} = { name => 'Support', id => $queue->id + 0, lifecycle => 'default' };

# --- users --------------------------------------------------------------------------------------
sub user {
  my (%a) = @_;
  my $u = RT::User->new($sys); $u->Load($a{Name});
  unless ($u->id) {
    $secret->{"pw.$a{Name}"} //= rnd(); save();
    must($u->Create(Name => $a{Name}, RealName => $a{RealName}, EmailAddress => $a{Email},
      Privileged => $a{Privileged}, Password => $secret->{"pw.$a{Name}"}));
  }
  return $u;
}
my $agent = user(Name => 'agent', RealName => 'Ada Agent', Email => 'agent@helpdesk.example', Privileged => 1);
my $cust  = user(Name => 'customer', RealName => 'Carl Customer', Email => 'customer@customer.example', Privileged => 0);
my $bot   = user(Name => 'integration', RealName => 'Integration', Email => 'integration@helpdesk.example', Privileged => 1);

my $group = RT::Group->new($sys); $group->LoadUserDefinedGroup('Agents');
must($group->CreateUserDefinedGroup(Name => 'Agents', Description => 'Help-desk agents')) unless $group->id;
for my $u ($agent, $bot) { must($group->AddMember($u->PrincipalId)) unless $group->HasMember($u->PrincipalObj) }

sub grant {
  my ($principal, $obj, @rights) = @_;
  for my $r (@rights) {
    next if $principal->HasRight(Right => $r, Object => $obj, EquivObjects => []);
    my ($ok, $msg) = $principal->GrantRight(Right => $r, Object => $obj);
    die "grant $r: $msg\n" if !$ok && $msg !~ /already/i;
  }
}
my @agent_rights = qw(SeeQueue ShowTicket ShowTicketComments ShowOutgoingEmail CreateTicket ReplyToTicket CommentOnTicket
  ModifyTicket OwnTicket TakeTicket StealTicket ReassignTicket WatchAsAdminCc Watch DeleteTicket ForwardMessage
  SeeCustomField ModifyCustomField SetInitialCustomField);
grant($group->PrincipalObj, $queue, @agent_rights);
# a custom field's type is shown only to those who may see it everywhere, whatever the queue grants
grant($bot->PrincipalObj, $RT::System, qw(ManageAuthTokens ModifySelf SeeGroup ShowScrips AdminUsers SeeCustomField));
grant($agent->PrincipalObj, $RT::System, qw(ManageAuthTokens ModifySelf));
my $requestors = $queue->RoleGroup('Requestor');
unless ($requestors && $requestors->id) { my (undef, undef, $g) = RT::Group->new($sys)->CreateRoleGroup(Name => 'Requestor', Object => $queue); $requestors = $queue->RoleGroup('Requestor') }
grant($requestors->PrincipalObj, $queue, qw(ShowTicket ReplyToTicket)) if $requestors && $requestors->id;
my $everyone = RT::Group->new($sys); $everyone->LoadSystemInternalGroup('Everyone');
grant($everyone->PrincipalObj, $queue, qw(CreateTicket));

# --- custom fields ------------------------------------------------------------------------------
my @cfs = (
  [ CausewayKey => 'FreeformSingle' ],
  [ Severity => 'SelectSingle', [qw(Critical High Medium Low)] ], [ Product => 'SelectSingle', [qw(Atlas Beacon)] ],
  [ Component => 'FreeformSingle' ], [ Version => 'FreeformSingle' ],
  [ Environment => 'SelectSingle', [qw(production staging test)] ], [ Areas => 'SelectMultiple', [qw(import export billing)] ],
  [ EngineeringKey => 'FreeformSingle' ], [ EngineeringURL => 'FreeformSingle' ], [ EngineeringStatus => 'FreeformSingle' ],
  [ PlannedRelease => 'FreeformSingle' ], [ ActualRelease => 'FreeformSingle' ],
  [ SentToEngineering => 'SelectSingle', [qw(yes no)] ], [ Workaround => 'TextSingle' ],
);
for my $c (@cfs) {
  my ($name, $type, $values) = @$c;
  my $cf = RT::CustomField->new($sys);
  $cf->LoadByName(Name => $name, LookupType => 'RT::Queue-RT::Ticket', IncludeDisabled => 0);
  unless ($cf->id) {
    must($cf->Create(Name => $name, Type => $type, LookupType => 'RT::Queue-RT::Ticket', Description => $name));
    my $i = 0;
    for my $v (@{ $values || [] }) { must($cf->AddValue(Name => $v, SortOrder => ++$i)) }
  }
  unless ($cf->IsAdded($queue->id)) { must($cf->AddToObject($queue)) }
  # customers (any user who can see the ticket) see the releases and what they reported, not the engineering side
  grant($everyone->PrincipalObj, $cf, 'SeeCustomField') if $name =~ /^(?:Severity|Product|Version|PlannedRelease|ActualRelease)$/;
  $out{customFields}{$name} = { id => $cf->id + 0, type => $type, ($values ? (values => $values) : ()) };
}

# --- auth tokens (shown only once by RT, so kept in DIR/etc/seed.json) -----------------------------
for my $p ([ integration => $bot ], [ agent => $agent ], [ root => $root ]) {
  my ($name, $u) = @$p;
  my $tok = $secret->{"token.$name"};
  unless ($tok) {
    my $t = RT::AuthToken->new($sys);
    my ($ok, $msg, $auth) = $t->Create(Owner => $u->id, Description => 'causeway test');
    must($ok, $msg);
    $secret->{"token.$name"} = $tok = $auth; save();
  }
}
for my $p ([ integration => $bot ], [ agent => $agent ], [ customer => $cust ]) {
  my ($name, $u) = @$p;
  $out{$name} = { name => $u->Name, id => $u->id + 0, email => $u->EmailAddress, password => $secret->{"pw.$name"},
    ($secret->{"token.$name"} ? (token => $secret->{"token.$name"}) : ()) };
}
$out{root}{token} = $secret->{'token.root'};
$out{group} = { name => 'Agents', id => $group->id + 0 };

# --- the webhook scrip ----------------------------------------------------------------------------
# The published scrip, with its two literals replaced by what DIR/etc says now.
my $code = do { open my $h, '<', $ENV{WEBHOOK_SCRIP} or die "WEBHOOK_SCRIP: $!"; local $/; <$h> };
my $read = q[my $read = sub { my $f = RT->Config->Get(shift) or return ''; open my $h, '<', $f or return ''; local $/; my $s = <$h>; $s //= ''; $s =~ s/\s+\z//; $s };];
$code =~ s/^my \$url .*$/$read my \$url = \$read->('WebhookUrlFile') or return 1;/m or die "no \$url line in the scrip";
$code =~ s/^my \$secret .*$/my \$secret = \$read->('WebhookSecretFile');/m or die "no \$secret line in the scrip";
my $scrip;
{ my $s = RT::Scrips->new($sys); $s->Limit(FIELD => 'Description', VALUE => 'Webhook on every transaction'); $scrip = $s->First }
if ($scrip) {
  $scrip->SetCustomCommitCode($code) if $scrip->CustomCommitCode ne $code;
} else {
  $scrip = RT::Scrip->new($sys);
  must($scrip->Create(Description => 'Webhook on every transaction', Queue => 0, ScripCondition => 'On Transaction', ScripAction => 'User Defined',
    Template => 'Blank', Stage => 'TransactionBatch', CustomPrepareCode => 'return 1;', CustomCommitCode => $code));
}
$out{scrip} = { id => $scrip->id + 0, stage => 'TransactionBatch' };
$out{statuses} = { initial => ['new'], active => [qw(open stalled)], inactive => [qw(resolved rejected deleted)] };
print JSON->new->utf8->canonical->encode(\%out), "\n";
