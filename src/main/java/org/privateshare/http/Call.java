package org.privateshare.http;

import java.net.InetAddress;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.privateshare.access.Grant;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.model.SharePath;

/// One request on its way through the [Door]: what is known of it by now. For one thread.
final class Call {
  private final Request request;
  private final InetAddress caller;
  private final boolean mayWait;
  private final Body body;
  private final Reply reply;
  private Optional<Target> target = Optional.empty();
  private Optional<Query> query = Optional.empty();
  private Optional<Grant> grant = Optional.empty();
  private Optional<SharePath> subject = Optional.empty();

  /// @param mayWait whether the thread is the request's own
  Call(Request request, Response response, InetAddress caller, boolean mayWait) {
    this.request = request;
    this.caller = caller;
    this.mayWait = mayWait;
    this.body = new Body(request);
    this.reply = new Reply(response, body, isOneOfMany());
  }

  /// The request as Jetty read it.
  Request request() {
    return request;
  }

  /// The address it comes from, behind trusted proxies.
  InetAddress caller() {
    return caller;
  }

  /// Whether steps may wait, for the medium or a peer. Where not they throw [NotAtHand] instead,
  /// before anything is done that could be seen.
  boolean mayWait() {
    return mayWait;
  }

  /// The method, in the case it came in; for uploads the one that is meant.
  String method() {
    return target.filter(known -> known.area().isOfUploads()).isPresent()
        ? Tus.method(request)
        : request.getMethod();
  }

  /// Whether it only asks: GET and HEAD.
  boolean reads() {
    return HttpMethod.GET.is(method()) || HttpMethod.HEAD.is(method());
  }

  /// Whether it asks for the head alone.
  boolean isHead() {
    return HttpMethod.HEAD.is(method());
  }

  /// Whether the caller speaks a version older than HTTP/1.1.
  boolean isOld() {
    return request.getConnectionMetaData().getHttpVersion().getVersion()
        < HttpVersion.HTTP_1_1.getVersion();
  }

  /// Whether others share its connection.
  boolean isOneOfMany() {
    return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
  }

  /// The fields of the request.
  HttpFields fields() {
    return request.getHeaders();
  }

  /// The body of the request.
  Body body() {
    return body;
  }

  /// The answer.
  Reply reply() {
    return reply;
  }

  /// The path as it stood in the request, undecoded, without the query.
  String rawPath() {
    return String.valueOf(request.getHttpURI().getPath());
  }

  /// The query as it stood in the request; empty where there is none. May hold a key.
  String rawQuery() {
    return Optional.ofNullable(request.getHttpURI().getQuery()).orElse("");
  }

  /// Step 2 is done.
  void found(Target what, Query parameters) {
    target = Optional.of(what);
    query = Optional.of(parameters);
  }

  /// Step 4 is done.
  void admitted(Grant by) {
    grant = Optional.of(by);
  }

  /// What the URL names.
  Target target() {
    return target.orElseThrow(() -> new IllegalStateException("not read yet"));
  }

  /// The path in what the URL names.
  SharePath path() {
    return target().path();
  }

  /// The parameters of the URL.
  Query query() {
    return query.orElseThrow(() -> new IllegalStateException("not read yet"));
  }

  /// What the key allows.
  Grant grant() {
    return grant.orElseThrow(() -> new IllegalStateException("no key was asked for"));
  }

  /// The same where it is known.
  Optional<Grant> knownGrant() {
    return grant;
  }

  /// Lets only a URL pass that ends with the word for its area.
  ///
  /// @throws Problem 404 where more comes
  void requireNothingBehind() throws Problem {
    if (!path().isRoot() || target().endsWithSlash()) {
      throw Problem.nothingHere();
    }
  }

  /// Lets only a key pass that may make others.
  ///
  /// @throws Refusal.Denied where it may not
  void requireAdmin() throws Refusal.Denied {
    if (!grant().capability().terms().rights().contains(Right.ADMIN)) {
      throw new Refusal.Denied("this key may not see or change keys");
    }
  }

  /// What the request has turned out to be about, where the URL doesn't say it.
  void about(SharePath path) {
    subject = Optional.of(path);
  }

  /// The path for the log: as the share knows it, or else as it came.
  String shownPath() {
    if (subject.isPresent()) {
      return subject.get().toString();
    }
    return target
        .filter(known -> known.area() == Area.FILE || known.area() == Area.FOLDER)
        .map(known -> known.path() + (known.area() == Area.FOLDER ? "/" : ""))
        .orElseGet(this::rawPath);
  }
}
