// The flash sale's page: asks the shop for the listing and builds the page from the answer.
const id = new URLSearchParams(location.search).get("id");

function add(parent, tag, text, attributes = {}) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(text);
  parent.append(element);
  return element;
}

fetch(`/api/flash/${encodeURIComponent(id)}.json`)
  .then((answer) => answer.json())
  .then((listing) => {
    const app = document.getElementById("app");
    document.title = `${listing.title}_${listing.shop}`;
    add(app, "a", "首页", { href: "/" });
    add(app, "h1", listing.title);
    for (const picture of listing.pictures)
      add(app, "img", "", { src: picture, alt: listing.title, width: 320 });
    const price = add(app, "p", "抢购价：");
    add(price, "span", `${listing.price}元`, { class: "jiage" });
    add(app, "p", `库存：${listing.quantity}件 有货`);
    const seller = add(app, "p", "店铺：");
    add(seller, "a", listing.seller.name, { href: listing.seller.path });
    const table = add(app, "table", "");
    for (const [name, value] of Object.entries(listing.attributes)) {
      const row = add(table, "tr", "");
      add(row, "td", name);
      add(row, "td", value);
    }
    add(app, "h3", "商品描述");
    add(app, "div", listing.description, { class: "description" });
    const buy = add(app, "p", "");
    add(buy, "button", "立即抢购");
  });
