import { changeComponent } from '../../commands/change-component.ts'
import { changeContact } from '../../commands/change-contact.ts'
import { changeCustomer } from '../../commands/change-customer.ts'
import { changeInstallation } from '../../commands/change-installation.ts'
import { changePerson } from '../../commands/change-person.ts'
import { changeProduct } from '../../commands/change-product.ts'
import { changeTeam } from '../../commands/change-team.ts'
import { createComponent } from '../../commands/create-component.ts'
import { createContact } from '../../commands/create-contact.ts'
import { createCustomer } from '../../commands/create-customer.ts'
import { createInstallation } from '../../commands/create-installation.ts'
import { createPerson } from '../../commands/create-person.ts'
import { createProduct } from '../../commands/create-product.ts'
import { createTeam } from '../../commands/create-team.ts'
import * as lists from '../../store/views/organisation-lists.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { Created } from '../shapes.ts'
import { newPersonBy, personBy } from './granted.ts'
import { changeRoute, createRoute, listRoute, type NounAt } from './noun-routes.ts'
import * as s from './schema.ts'

const org = { read: 'organisation.read', write: 'organisation.write' } as const
const owned = { read: 'organisation.read', write: 'teams.write' } as const

const CUSTOMERS: NounAt = { path: 'customers', one: 'customer', ...org }
const CONTACTS: NounAt = { path: 'contacts', one: 'contact', ...org }
const PEOPLE: NounAt = { path: 'people', one: 'person', read: 'people.read', write: 'people.write' }
const TEAMS: NounAt = { path: 'teams', one: 'team', ...owned }
const PRODUCTS: NounAt = { path: 'products', one: 'product', ...owned }
const COMPONENTS: NounAt = { path: 'components', one: 'component', ...owned }
const INSTALLATIONS: NounAt = { path: 'installations', one: 'installation', ...org }

/** Customers and their contacts, our people and teams, what we make and where it runs. */
export const organisationRoutes = (app: App, deps: ApiDeps): void => {
  listRoute(app, deps, CUSTOMERS, s.OrganisationQuery, s.Customer, lists.listCustomers)
  createRoute(app, deps, CUSTOMERS, s.NewCustomer, s.Known, () => createCustomer)
  changeRoute(
    app,
    deps,
    CUSTOMERS,
    s.CustomerChange,
    s.Known,
    () => changeCustomer,
    (customer, set) => ({
      customer,
      set,
    }),
  )

  listRoute(app, deps, CONTACTS, s.ContactQuery, s.Contact, (tx, { customer, ...query }, page) =>
    lists.listContacts(tx, { ...query, ...(customer === undefined ? {} : { customerId: customer }) }, page),
  )
  createRoute(app, deps, CONTACTS, s.NewContact, s.Known, () => createContact)
  changeRoute(
    app,
    deps,
    CONTACTS,
    s.ContactChange,
    s.Known,
    () => changeContact,
    (contact, set) => ({
      contact,
      set,
    }),
  )

  listRoute(app, deps, PEOPLE, s.OrganisationQuery, s.Person, lists.listPeople)
  createRoute(app, deps, PEOPLE, s.NewPerson, s.Known, (caller) => newPersonBy(caller, createPerson))
  changeRoute(
    app,
    deps,
    PEOPLE,
    s.PersonChange,
    s.Known,
    (caller) => personBy(caller, changePerson),
    (person, set) => ({ person, set }),
  )

  listRoute(app, deps, TEAMS, s.OrganisationQuery, s.Team, lists.listTeams)
  createRoute(app, deps, TEAMS, s.NewTeam, s.Known, () => createTeam)
  changeRoute(
    app,
    deps,
    TEAMS,
    s.TeamChange,
    s.Known,
    () => changeTeam,
    (team, set) => ({ team, set }),
  )

  listRoute(app, deps, PRODUCTS, s.OrganisationQuery, s.Product, lists.listProducts)
  createRoute(app, deps, PRODUCTS, s.NewProduct, s.Known, () => createProduct)
  changeRoute(
    app,
    deps,
    PRODUCTS,
    s.ProductChange,
    s.Known,
    () => changeProduct,
    (product, set) => ({
      product,
      set,
    }),
  )

  createRoute(app, deps, COMPONENTS, s.NewComponent, s.Known, () => createComponent)
  changeRoute(
    app,
    deps,
    COMPONENTS,
    s.ComponentChange,
    s.Known,
    () => changeComponent,
    (component, set) => ({
      component,
      set,
    }),
  )

  listRoute(
    app,
    deps,
    INSTALLATIONS,
    s.InstallationQuery,
    s.Installation,
    (tx, { customer, product }, page) =>
      lists.listInstallations(
        tx,
        {
          ...(customer === undefined ? {} : { customerId: customer }),
          ...(product === undefined ? {} : { productId: product }),
        },
        page,
      ),
  )
  createRoute(app, deps, INSTALLATIONS, s.NewInstallation, Created, () => createInstallation)
  changeRoute(
    app,
    deps,
    INSTALLATIONS,
    s.InstallationChange,
    Created,
    () => changeInstallation,
    (installation, set) => ({ installation, set }),
  )
}
