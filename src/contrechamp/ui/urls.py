from __future__ import annotations

from django.urls import path
from django.views.generic import TemplateView

from .views import pages as views
from .views import shares

app_name = "ui"
urlpatterns = [
    path("langue/", views.choose_language, name="language"),
    path("methode/", TemplateView.as_view(template_name="ui/method.html"), name="method"),
    path(
        "accessibilite/",
        TemplateView.as_view(template_name="ui/accessibility.html"),
        name="accessibility",
    ),
    path("mentions-legales/", TemplateView.as_view(template_name="ui/legal.html"), name="legal"),
    path("clavier", TemplateView.as_view(template_name="ui/keys.html"), name="keys"),
    path("style", views.style, name="style"),
    path("source.zip", views.source, name="source"),
    # What each page gives to others; `page` is its path.
    path("citer/<slug:form>/<path:page>", shares.cite, name="cite"),
    path("image/<path:page>.png", shares.image, name="image"),
    path("integrer/<path:page>", shares.embed, name="embed"),
    path("oembed", shares.oembed, name="oembed"),
]
