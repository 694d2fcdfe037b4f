package org.privateshare.http;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.privateshare.access.Access;
import org.privateshare.model.Fingerprint;
import org.privateshare.share.Share;

/// Which [Action] answers which method on what. The table of `docs/http.md`.
final class Routes {
  /// Methods that the world knows and that something here takes, or might be expected to.
  private static final Set<String> KNOWN =
      Set.of(
          "GET",
          "HEAD",
          "PUT",
          "POST",
          "DELETE",
          "OPTIONS",
          "PATCH",
          "TRACE",
          "CONNECT",
          "MKCOL",
          "MOVE",
          "COPY",
          "PROPFIND",
          "PROPPATCH",
          "LOCK",
          "UNLOCK");

  private final Map<Area, Map<String, Action>> table = new EnumMap<>(Area.class);

  /// What a parameter of the URL makes another request of.
  private final List<Special> specials = new ArrayList<>();

  private record Special(Area area, String method, String parameter, Action action) {
    boolean isMeant(Area by, String asked, Query query) {
      return area == by && method.equals(asked) && query.has(parameter);
    }
  }

  private Routes() {}

  static Routes of(
      Share share,
      Access access,
      KeyCheck keys,
      HostRule hosts,
      Traffic traffic,
      Supplier<Fingerprint> fingerprint) {
    Routes routes = new Routes();
    routes.addReading(Area.FILE, new GetFile(share));
    routes.addReading(Area.FOLDER, new ListFolder(share, fingerprint));
    routes.add(Area.FOLDER, "POST", new TakeForm(share));
    routes.add(Area.FILE, "PUT", new PutFile(share));
    routes.add(Area.FILE, "DELETE", new RemoveEntry(share));
    routes.add(Area.FOLDER, "DELETE", new RemoveEntry(share));
    routes.add(Area.FILE, "MKCOL", new MakeFolder(share));
    routes.add(Area.FOLDER, "MKCOL", new MakeFolder(share));
    routes.add(Area.FILE, "MOVE", new MoveEntry(share, hosts));
    routes.add(Area.FOLDER, "MOVE", new MoveEntry(share, hosts));
    routes.addReading(Area.HEALTH, new ShowHealth(share, access));
    routes.addReading(Area.METRICS, new ShowMetrics(() -> new Metrics(traffic, share)));
    routes.addReading(Area.HISTORY, new ShowHistory(share));
    routes.add(Area.HISTORY, "POST", new RestoreVersion(share));
    routes.addReading(Area.KEYS, new ListKeys(access));
    routes.add(Area.KEYS, "POST", new MakeKey(access));
    routes.add(Area.KEYS, "DELETE", new EndKey(access));
    routes.addReading(Area.UPLOADS, new ListUploads(share));
    routes.add(Area.UPLOADS, "POST", new BeginUpload(share, hosts));
    routes.add(Area.UPLOAD, "GET", new ShowUpload(share));
    routes.add(Area.UPLOAD, "HEAD", new ShowOffset(share));
    routes.add(Area.UPLOAD, "PATCH", new ContinueUpload(share));
    routes.add(Area.UPLOAD, "DELETE", new DropUpload(share));
    routes.addReading(Area.SESSION, new ShowSession(share, fingerprint));
    routes.add(Area.SESSION, "POST", new OpenSession(access, keys));
    routes.specials.add(new Special(Area.SESSION, "POST", EndSession.END, new EndSession(access)));
    routes.addReading(Area.PAGE, new ShowAsset());
    SendArchive archive = new SendArchive(share);
    routes.addSpecial("GET", SendArchive.ARCHIVE, archive);
    routes.addSpecial("HEAD", SendArchive.ARCHIVE, archive);
    routes.addSpecial("POST", SendArchive.ARCHIVE, new SendSelection(archive));
    routes.addSpecial("DELETE", RemoveTree.RECURSIVE, new RemoveTree(share));
    routes.addSpecial("PUT", UnpackArchive.UNPACK, new UnpackArchive(share));
    for (Area area : Area.values()) {
      HttpFields more = area.isOfUploads() ? Tus.abilities(share.limits()) : HttpFields.EMPTY;
      routes.add(area, "OPTIONS", new ShowMethods(routes.allowed(area), more));
    }
    return routes;
  }

  /// Whether the world knows the method.
  static boolean isKnown(String method) {
    return KNOWN.contains(method);
  }

  private void addReading(Area area, Action action) {
    add(area, "GET", action);
    add(area, "HEAD", action);
  }

  private void add(Area area, String method, Action action) {
    var _ = table.computeIfAbsent(area, _ -> new LinkedHashMap<>()).put(method, action);
  }

  /// Something that is asked of a folder by a parameter.
  private void addSpecial(String method, String parameter, Action action) {
    specials.add(new Special(Area.FOLDER, method, parameter, action));
  }

  private String allowed(Area area) {
    Set<String> methods = new LinkedHashSet<>(table.getOrDefault(area, Map.of()).keySet());
    specials.stream().filter(one -> one.area == area).map(Special::method).forEach(methods::add);
    return methods.isEmpty() ? "OPTIONS" : String.join(", ", methods) + ", OPTIONS";
  }

  /// Who answers; a method that isn't for this is answered by saying so.
  Action find(String method, Area area, Query query) {
    return specials.stream()
        .filter(one -> one.isMeant(area, method, query))
        .map(Special::action)
        .findFirst()
        .orElseGet(() -> find(method, area));
  }

  private Action find(String method, Area area) {
    Map<String, Action> methods = table.getOrDefault(area, Map.of());
    return methods.getOrDefault(
        method,
        new WrongMethod(KNOWN.contains(method) ? 405 : 501, String.join(", ", methods.keySet())));
  }
}
