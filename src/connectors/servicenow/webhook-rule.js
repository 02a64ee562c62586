// Business rule that tells Causeway of a changed record. It sends which record it was and nothing of what it holds.
//
// System Definition > Business Rules > New, once for each followed table and once for Attachments [sys_attachment]:
//   When: async     Insert: yes     Update: yes     Delete: yes     Advanced: yes
//   Condition (attachments only): current.table_name == 'incident'      <- your tables
//   Application: Global, or your own scope (the script finds out which of the two encryption classes there is).
//
// Properties (System Properties > All Properties > New; both of type string, private, read and write role "admin"):
//   causeway.webhook.url       the address that Causeway shows for the connection
//   causeway.webhook.secret    the connection's webhook secret, in plain ASCII letters and digits
;(function executeRule(current) {
  // Base64 is what ServiceNow gives; the digits are what Causeway reads. No class does this in every scope.
  function toHex(base64) {
    var alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
    var digits = '0123456789abcdef'
    var hex = ''
    var bits = 0
    var held = 0
    var six = 0
    var at = 0
    for (at = 0; at < base64.length; at++) {
      six = alphabet.indexOf(base64.charAt(at))
      if (six < 0) continue
      held = ((held << 6) | six) & 0xffff
      bits += 6
      while (bits >= 4) {
        bits -= 4
        hex += digits.charAt((held >> bits) & 15)
      }
    }
    return hex.substring(0, 64)
  }

  function sign(secret, text) {
    // Global scope has GlideCertificateEncryption, other scopes CertificateEncryption: the same under two names.
    var mac =
      typeof GlideCertificateEncryption === 'undefined'
        ? new CertificateEncryption()
        : new GlideCertificateEncryption()
    var key =
      typeof GlideStringUtil === 'undefined' ? gs.base64Encode(secret) : GlideStringUtil.base64Encode(secret)
    return ['sha256', toHex(String(mac.generateMac(key, 'HmacSHA256', text)))].join('=')
  }

  var request = null
  var status = 0
  var url = gs.getProperty('causeway.webhook.url', '')
  var secret = gs.getProperty('causeway.webhook.secret', '')
  if (url === '' || secret === '') return

  var isFile = String(current.getTableName()) === 'sys_attachment'
  // ASCII only, so that the bytes that are signed are the bytes that are sent.
  var text = JSON.stringify({
    event: 'record.changed',
    instance: String(gs.getProperty('instance_name', '')),
    table: String(isFile ? current.getValue('table_name') : current.getTableName()),
    sys_id: String(isFile ? current.getValue('table_sys_id') : current.getUniqueValue()),
    delivery: String(gs.generateGUID()),
    sent_at: Number(new GlideDateTime().getNumericValue()),
  })

  try {
    request = new sn_ws.RESTMessageV2()
    request.setEndpoint(url)
    request.setHttpMethod('POST')
    request.setHttpTimeout(10000)
    request.setRequestHeader('Content-Type', 'application/json')
    request.setRequestHeader('X-Causeway-Signature', sign(secret, text))
    request.setRequestBody(text)
    status = request.execute().getStatusCode()
    if (status >= 300) gs.warn(['Causeway answered a webhook with', status].join(' '))
  } catch (problem) {
    // Causeway polls as well: what is lost here is found a little later.
    gs.warn(['Causeway could not be told of a change:', problem].join(' '))
  }
})(current)
