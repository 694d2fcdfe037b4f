package org.privateshare.http;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;

/// The fields that keep a browser from doing anything with an answer but showing or saving it: no
/// guessing of types, no scripts, no frames, no word to other sites.
final class Safety {
  private static final String POLICY = "Content-Security-Policy";

  private static final HttpField NO_SNIFFING =
      new PreEncodedHttpField("X-Content-Type-Options", "nosniff");
  private static final HttpField NO_REFERRER =
      new PreEncodedHttpField("Referrer-Policy", "no-referrer");
  private static final HttpField ONLY_TEXT =
      new PreEncodedHttpField(POLICY, "default-src 'none'; frame-ancestors 'none'");
  private static final HttpField SANDBOX =
      new PreEncodedHttpField(POLICY, "sandbox; default-src 'none'");
  private static final HttpField OWN_SITE =
      new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin");
  private static final HttpField PAGE_POLICY =
      new PreEncodedHttpField(
          POLICY,
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
              + " media-src 'self'; connect-src 'self'; frame-src blob:; worker-src 'self';"
              + " manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
              + " require-trusted-types-for 'script'; trusted-types 'none'");
  private static final HttpField OWN_WINDOW =
      new PreEncodedHttpField("Cross-Origin-Opener-Policy", "same-origin");
  private static final HttpField KEEP_FOR_EVER =
      new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "public, max-age=31536000, immutable");
  private static final HttpField ASK_AGAIN =
      new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "private, no-cache");
  private static final HttpField KEEP_NOWHERE =
      new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");

  private Safety() {}

  /// What every answer carries, before anything else is known of it.
  static void ofAnswer(HttpFields.Mutable fields) {
    fields.put(NO_SNIFFING);
    fields.put(NO_REFERRER);
    fields.put(ONLY_TEXT);
    fields.put(KEEP_NOWHERE);
  }

  /// What a listing carries: it may be kept, but never shown without asking again.
  static void ofListing(HttpFields.Mutable fields) {
    fields.put(ASK_AGAIN);
  }

  /// What a page of ours carries: it runs our scripts and no others, and talks to nobody else.
  static void ofPage(HttpFields.Mutable fields) {
    fields.put(PAGE_POLICY);
    fields.put(OWN_WINDOW);
    fields.put(OWN_SITE);
    fields.put(ASK_AGAIN);
  }

  /// What a page carries that says no: kept nowhere, for the next answer there may be another.
  static void ofRefusalPage(HttpFields.Mutable fields) {
    ofPage(fields);
    fields.put(KEEP_NOWHERE);
  }

  /// What the scripts and styles of a page carry. The policy is for those that run as workers.
  static void ofAsset(HttpFields.Mutable fields) {
    fields.put(PAGE_POLICY);
    fields.put(OWN_SITE);
    fields.put(KEEP_FOR_EVER);
  }

  /// What a file carries. Others may have put it there, so it gets no say of its own.
  static void ofFile(HttpFields.Mutable fields) {
    fields.put(SANDBOX);
    fields.put(OWN_SITE);
    fields.put(ASK_AGAIN);
  }
}
