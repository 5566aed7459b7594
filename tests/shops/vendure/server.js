/*
 * Serves Vendure with its sample catalogue on 127.0.0.1.
 *
 * node server.js FOLDER: database and pictures lie in FOLDER. When the shop answers, FOLDER/products.json holds what
 * its database says of every product, and the port is printed.
 */
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const {
    AutoIncrementIdStrategy, bootstrap, DefaultAssetNamingStrategy, DefaultLogger, DefaultSearchPlugin,
    dummyPaymentHandler, JobQueueService, LogLevel, ProductService, ProductVariantService,
    RequestContextService, SearchService,
} = require('@vendure/core');
const { populate } = require('@vendure/core/cli');
const { AssetServerPlugin } = require('@vendure/asset-server-plugin');

const folder = process.argv[2];
const sample = path.join(path.dirname(require.resolve('@vendure/create/package.json')), 'assets');

const config = {
    apiOptions: { hostname: '127.0.0.1', port: 0, adminApiPath: 'admin-api', shopApiPath: 'shop-api' },
    authOptions: {
        tokenMethod: ['bearer'],
        superadminCredentials: { identifier: 'superadmin', password: 'superadmin' },
    },
    dbConnectionOptions: {
        type: 'sqljs', synchronize: true, autoSave: false, location: path.join(folder, 'shop.sqlite'),
    },
    entityOptions: { entityIdStrategy: new AutoIncrementIdStrategy() },
    importExportOptions: { importAssetsDir: path.join(sample, 'images') },
    logger: new DefaultLogger({ level: LogLevel.Error }),
    paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
    plugins: [
        AssetServerPlugin.init({
            route: 'assets', assetUploadDir: path.join(folder, 'assets'),
            namingStrategy: new DefaultAssetNamingStrategy(),
        }),
        DefaultSearchPlugin.init({ bufferUpdates: false, indexStockStatus: true }),
    ],
};

/** What the database holds of each product: prices in hundredths, tax included. */
async function describeProducts(app) {
    const ctx = await app.get(RequestContextService).create({ apiType: 'shop' });
    const { items } = await app.get(ProductService).findAll(ctx, { take: 100 }, ['assets']);
    const described = [];
    for (const product of items) {
        const variants = await app.get(ProductVariantService).getVariantsByProductId(ctx, product.id);
        described.push({
            key: String(product.id),
            title: product.name,
            currency: ctx.currencyCode,
            prices: variants.items.map(variant => variant.priceWithTax),
            skus: variants.items.map(variant => variant.sku),
            pictures: product.assets.length,
        });
    }
    return described;
}

/** Jobs put collections and search index in order: ends when the index holds every product. */
async function settle(app, port) {
    await app.get(JobQueueService).start();
    await app.get(SearchService).reindex(
        await app.get(RequestContextService).create({ apiType: 'admin' }),
    );
    const query = '{products{totalItems} search(input:{groupByProduct:true}){totalItems}}';
    for (;;) {
        const url = `http://127.0.0.1:${port}/shop-api?query=${encodeURIComponent(query)}`;
        const { data } = await (await fetch(url)).json();
        if (data.search.totalItems === data.products.totalItems) return;
        await new Promise(later => setTimeout(later, 200));
    }
}

async function main() {
    const app = await populate(
        () => bootstrap(config),
        JSON.parse(fs.readFileSync(path.join(sample, 'initial-data.json'), 'utf8')),
        path.join(sample, 'products.csv'),
    );
    const { port } = app.getHttpServer().address();
    await settle(app, port);
    const products = await describeProducts(app);
    fs.writeFileSync(path.join(folder, 'products.json'), JSON.stringify(products));
    console.log(port);
}

main().catch(error => {
    console.error(error);
    process.exit(1);
});
